{{/*
Who may reach the service, read from the call graph, as JSON. The same file in both meshes.

  port, adminPort, serves (`grpc` or `http`)
  callers   of its port: those of this namespace, which are in the mesh
  outside   of its port: those elsewhere, by name
  scrapers  of its admin port: those elsewhere, by name
*/}}
{{- define "overlay.callers" -}}
{{- $service := .Values.service -}}
{{- $nodes := .Values.callGraph.nodes | default dict -}}
{{- if not (dig $service "port" 0 $nodes) -}}
  {{- fail (printf "%s has no port in the call graph: add -f helm/call-graph.yaml, or give the service a node there." $service) -}}
{{- end -}}
{{- $callers := list -}}
{{- $outside := list -}}
{{- $scrapers := list -}}
{{- range $name, $node := $nodes -}}
  {{- if and (has $service ($node.calls | default list)) (not $node.absent) -}}
    {{- if $node.at }}{{ $outside = append $outside $name }}{{ else }}{{ $callers = append $callers $name }}{{ end -}}
  {{- end -}}
  {{- if has $service ($node.scrapes | default list) }}{{ $scrapers = append $scrapers $name }}{{ end -}}
{{- end -}}
{{- $self := index $nodes $service -}}
{{- dict "port" $self.port "adminPort" .Values.callGraph.adminPort "serves" (default "grpc" $self.serves)
      "callers" $callers "outside" $outside "scrapers" $scrapers | toJson -}}
{{- end }}

{{/* The share of the canary in percent; empty when there is no canary inside of the mesh. What the edge calls is split by its HTTPRoute. */}}
{{- define "overlay.canaryWeight" -}}
{{- $release := merge (dict) .Values.release (dict "strategy" "rolling" "canary" dict) -}}
{{- $who := include "overlay.callers" . | fromJson -}}
{{- if and (eq $release.strategy "canary") $release.canary.replicas $who.callers (not (has "edge" $who.outside)) -}}
  {{- if kindIs "invalid" $release.canary.weight -}}
    {{- fail "There is a canary in the mesh: say its share by release.canary.weight, 0 to begin with." -}}
  {{- end -}}
  {{- $release.canary.weight -}}
{{- end -}}
{{- end }}
