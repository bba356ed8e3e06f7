{{/* Labels of every object; the name is the node in helm/call-graph.yaml: (dict "root" $ "name" "auth") */}}
{{- define "service.labels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/part-of: quayside
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{/* What finds the pods of one variant. A Deployment's selector can never be changed: nothing else belongs here. */}}
{{- define "service.selector" -}}
app.kubernetes.io/name: {{ .root.Release.Name }}
quayside.dev/track: {{ .variant.track }}
{{- end }}

{{/* What it serves, `grpc` or `http`, by its node in the call graph. */}}
{{- define "service.serves" -}}
{{- dig .Release.Name "serves" "grpc" .Values.callGraph.nodes -}}
{{- end }}

{{/* Not empty when the call graph lets it call this node: (dict "root" $ "callee" "kafka") */}}
{{- define "service.calls" -}}
{{- if has .callee (dig .root.Release.Name "calls" list .root.Values.callGraph.nodes) }}true{{ end -}}
{{- end }}

{{/* Not empty when it has a database of its own. Without one there is no migration, and no DATABASE_URL. */}}
{{- define "service.stores" -}}
{{- include "service.calls" (dict "root" . "callee" (printf "postgres-%s" .Release.Name)) -}}
{{- end }}

{{/* Not empty when its migrations run before its pods. */}}
{{- define "service.migrates" -}}
{{- if and .Values.migration.enabled (include "service.stores" .) }}true{{ end -}}
{{- end }}

{{/* Not empty when it talks to Kafka: encrypted, and making its topics itself. */}}
{{- define "service.kafkaTls" -}}
{{- if and .Values.kafka.tls.enabled (include "service.calls" (dict "root" . "callee" "kafka")) }}true{{ end -}}
{{- end }}
{{- define "service.makesTopics" -}}
{{- if and .Values.topics.enabled (include "service.calls" (dict "root" . "callee" "kafka")) }}true{{ end -}}
{{- end }}

{{/* Not empty when the environment has this node: (dict "root" $ "name" "card-processor") */}}
{{- define "service.present" -}}
{{- $nodes := .root.Values.callGraph.nodes -}}
{{- if and (hasKey $nodes .name) (not (dig .name "absent" false $nodes)) }}true{{ end -}}
{{- end }}

{{/* Not empty when it takes part in gRPC: it serves it, or calls a service that does. mTLS between services is for these. */}}
{{- define "service.speaksGrpc" -}}
{{- $nodes := .Values.callGraph.nodes -}}
{{- $speaks := eq (include "service.serves" .) "grpc" -}}
{{- range $callee := dig .Release.Name "calls" list $nodes -}}
  {{- $node := index $nodes $callee -}}
  {{- if and $node.calls (not $node.serves) }}{{ $speaks = true }}{{ end -}}
{{- end -}}
{{- if $speaks }}true{{ end -}}
{{- end }}

{{/* Not empty when certificates for that are mounted. */}}
{{- define "service.tls" -}}
{{- if and .Values.tls.enabled (include "service.speaksGrpc" .) }}true{{ end -}}
{{- end }}

{{/* Setting to key of its Secret, as JSON. */}}
{{- define "service.secretFiles" -}}
{{- $files := ternary .Values.secrets.files (omit .Values.secrets.files "DATABASE_URL") (include "service.stores" . | eq "true") -}}
{{- range $node, $shared := .Values.secrets.sharedWith -}}
  {{- if include "service.present" (dict "root" $ "name" $node) }}{{ $files = merge (dict) $files $shared }}{{ end -}}
{{- end -}}
{{- $files | toJson -}}
{{- end }}

{{/* Not empty when an HTTPRoute leads here: what serves HTTP and is called from outside. */}}
{{- define "service.routed" -}}
{{- $outside := dig "edge" "calls" list .Values.callGraph.nodes -}}
{{- if and .Values.httpRoute.enabled (eq (include "service.serves" .) "http") (has .Release.Name $outside) }}true{{ end -}}
{{- end }}

{{/* Not empty when weights split the traffic of a canary: an HTTPRoute, or inside a mesh, which reads the same value. */}}
{{- define "service.weighted" -}}
{{- if or (include "service.routed" .) (eq .Values.grpc.balancing "mesh") }}true{{ end -}}
{{- end }}

{{/* The pods that get the traffic of the service's own name. */}}
{{- define "service.traffic" -}}
app.kubernetes.io/name: {{ .Release.Name }}
{{- with .Values.release }}
{{- if eq .strategy "rolling" }}
quayside.dev/track: stable
{{- else if eq .strategy "blueGreen" }}
{{- if not .overlap }}
quayside.dev/track: {{ .activeColor }}
{{- end }}
{{- else if include "service.routed" $ }}
quayside.dev/track: stable
{{- end }}
{{- end }}
{{- end }}

{{/* The image of a variant; a tag may carry its digest. */}}
{{- define "service.image" -}}
{{- $image := .root.Values.image -}}
{{- default (printf "%s/%s" $image.registry .root.Release.Name) $image.repository -}}
{{- with .variant.tag }}:{{ . }}{{ end -}}
{{- if and .variant.digest (not (contains "@" .variant.tag)) }}@{{ .variant.digest }}{{ end -}}
{{- end }}

{{/* The version as a label: at most 63 characters, and only those that a label may have. */}}
{{- define "service.version" -}}
{{- $version := .tag | splitList "@" | first | default (trimPrefix "sha256:" .digest | trunc 12) -}}
{{- $version | replace "+" "_" | trunc 63 | trimAll "-_." | quote -}}
{{- end }}

{{/* Where a service is called: over gRPC by the DNS name of its pods, over HTTP by its own: (dict "root" $ "name" "auth" "node" $node) */}}
{{- define "service.address" -}}
{{- $place := printf "%s.svc:%v" .root.Release.Namespace .node.port -}}
{{- if eq (default "grpc" .node.serves) "http" -}}
http://{{ .name }}.{{ $place }}
{{- else -}}
dns:///{{ ternary .name (printf "%s-headless" .name) (eq .root.Values.grpc.balancing "mesh") }}.{{ $place }}
{{- end -}}
{{- end }}
