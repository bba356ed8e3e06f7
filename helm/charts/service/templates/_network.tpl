{{/* Where the pods of a node are, as NetworkPolicy peers: (dict "name" "auth" "node" $node) */}}
{{- define "service.peers" -}}
{{- if .node.at -}}
{{ toYaml .node.at }}
{{- else -}}
- podSelector:
    matchLabels:
      app.kubernetes.io/name: {{ .name }}
{{- end -}}
{{- end }}

{{/* Who may call a node of the call graph: its own port for callers, the admin port for what scrapes. */}}
{{- define "service.ingressRules" -}}
{{- $graph := .root.Values.callGraph -}}
{{- $name := .name -}}
{{- range $caller, $node := $graph.nodes }}
{{- if and (has $name ($node.calls | default list)) (not $node.absent) }}
- from:
    {{- include "service.peers" (dict "name" $caller "node" $node) | nindent 4 }}
  ports:
    - { protocol: TCP, port: {{ (index $graph.nodes $name).port }} }
{{- end }}
{{- if has $name ($node.scrapes | default list) }}
- from:
    {{- include "service.peers" (dict "name" $caller "node" $node) | nindent 4 }}
  ports:
    - { protocol: TCP, port: {{ $graph.adminPort }} }
{{- end }}
{{- end }}
{{- end }}

{{/* Whom a node of the call graph may call. */}}
{{- define "service.egressRules" -}}
{{- $nodes := .root.Values.callGraph.nodes -}}
{{- range $callee := (index $nodes .name).calls }}
{{- $node := index $nodes $callee }}
{{- if not $node.absent }}
- to:
    {{- include "service.peers" (dict "name" $callee "node" $node) | nindent 4 }}
  ports:
    {{- range $protocol := $node.protocols | default (list "TCP") }}
    - { protocol: {{ $protocol }}, port: {{ $node.port }} }
    {{- end }}
{{- end }}
{{- end }}
{{- end }}
