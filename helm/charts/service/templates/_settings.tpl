{{/* The settings that the chart knows better than a values file, as JSON: (dict "root" $ "variant" $variant) */}}
{{- define "service.computedSettings" -}}
{{- $values := .root.Values -}}
{{- $nodes := $values.callGraph.nodes -}}
{{- $self := index $nodes .root.Release.Name -}}
{{- $settings := dict
      "ADMIN_PORT" $values.callGraph.adminPort
      (printf "%s_PORT" (include "service.serves" .root | upper)) $self.port
      "LOG_LEVEL" $values.logLevel
      "DRAIN_DELAY_MS" (mul $values.drain.delaySeconds 1000)
      "SHUTDOWN_TIMEOUT_MS" (mul $values.drain.shutdownSeconds 1000)
      "GRPC_LOAD_BALANCING" (ternary "pick_first" "round_robin" (eq $values.grpc.balancing "mesh"))
      "GRPC_RETRIES" (ternary "off" "on" (eq $values.grpc.balancing "mesh"))
      "GRPC_MAX_CONNECTION_AGE_MS" (mul $values.grpc.maxConnectionAgeSeconds 1000)
      "GRPC_MAX_CONNECTION_AGE_GRACE_MS" (mul $values.grpc.maxConnectionAgeGraceSeconds 1000)
      "OTEL_SERVICE_NAME" .root.Release.Name
      "OTEL_TRACES_SAMPLER_ARG" $values.telemetry.sampleRatio -}}
{{- if has .root.Release.Name (dig "edge" "calls" list $nodes) -}}
  {{- $_ := set $settings "TRUSTED_PROXY_HOPS" (ternary $values.httpRoute.proxyHops 0 $values.httpRoute.enabled) -}}
  {{- /* Each counts its share of a limit in memory; with autoscaling this is the least number of them. */ -}}
  {{- $_ := set $settings "RATE_LIMIT_REPLICAS" (int $values.replicas) -}}
{{- end -}}
{{- with $values.telemetry.endpoint -}}
  {{- $_ := set $settings "OTEL_EXPORTER_OTLP_ENDPOINT" . -}}
{{- end -}}
{{- if include "service.calls" (dict "root" .root "callee" "kafka") -}}
  {{- $_ := set $settings "KAFKA_BROKERS" $values.kafka.brokers -}}
  {{- $_ := set $settings "CONSUMERS" (ternary "on" "off" .variant.consumers) -}}
{{- end -}}
{{- if include "service.kafkaTls" .root -}}
  {{- range $setting, $file := dict "KAFKA_TLS_CERT_FILE" "user.crt" "KAFKA_TLS_KEY_FILE" "user.key" "KAFKA_TLS_CA_FILE" "ca.crt" -}}
    {{- $_ := set $settings $setting (printf "/etc/quayside/kafka/%s" $file) -}}
  {{- end -}}
{{- end -}}
{{- if include "service.tls" .root -}}
  {{- range $setting, $file := dict "TLS_CERT_FILE" "tls.crt" "TLS_KEY_FILE" "tls.key" "TLS_CA_FILE" "ca.crt" -}}
    {{- $_ := set $settings $setting (printf "/etc/quayside/tls/%s" $file) -}}
  {{- end -}}
{{- end -}}
{{- /*
A callee that calls others, or serves HTTP, is a service, and its address is a setting; a store or what is outside is not.
Nor is the entrance: whoever calls that from inside is a stranger to it, and has an address of its own among its settings.
*/ -}}
{{- $public := dig "edge" "calls" list $nodes -}}
{{- range $callee := $self.calls -}}
  {{- $node := index $nodes $callee -}}
  {{- if and (or $node.calls $node.serves) (not $node.absent) (not (has $callee $public)) -}}
    {{- $kind := ternary "URL" "ADDRESS" (eq (default "grpc" $node.serves) "http") -}}
    {{- $address := default (include "service.address" (dict "root" $.root "name" $callee "node" $node)) $node.url -}}
    {{- $_ := set $settings (printf "%s_%s" (upper $callee | replace "-" "_") $kind) $address -}}
  {{- end -}}
{{- end -}}
{{- $settings | toJson -}}
{{- end }}

{{/*
All settings of a variant, as the data of its ConfigMap. What is computed may not be set besides. An environment sets
what is about databases for all services; one without a database is not told.
*/}}
{{- define "service.settings" -}}
{{- $computed := include "service.computedSettings" . | fromJson -}}
{{- $given := merge (dict) .variant.settings .root.Values.settings -}}
{{- range $name := keys $given | sortAlpha -}}
  {{- if hasKey $computed $name -}}
    {{- fail (printf "settings.%s is computed by the chart (templates/_settings.tpl). Change the value that it comes from." $name) -}}
  {{- end -}}
{{- end -}}
{{- if not (include "service.stores" .root) -}}
  {{- range $name := keys $given }}{{ if hasPrefix "DATABASE_" $name }}{{ $_ := unset $given $name }}{{ end }}{{ end -}}
{{- end -}}
{{- $separator := "" -}}
{{- range $name, $value := merge (dict) $computed $given -}}
{{ $separator }}{{ $name }}: {{ ternary $value (toJson $value) (kindIs "string" $value) | quote }}
{{- $separator = "\n" -}}
{{- end }}
{{- end }}
