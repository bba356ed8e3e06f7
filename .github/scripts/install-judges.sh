#!/usr/bin/env bash
# Installs the programs that checks of ours are held against and skipped without: kcat and promtool. For Debian and Ubuntu.
# promtool is taken out of its package: installed as a whole, that would start a Prometheus.
set -euo pipefail
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends kcat
work=$(mktemp -d)
cd "$work"
apt-get download -qq prometheus
dpkg-deb --extract prometheus_*.deb .
"${as_root[@]}" install usr/bin/promtool /usr/local/bin/promtool
promtool --version
