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

{{/* Not empty when an HTTPRoute leads here: only what serves HTTP is reached from outside. */}}
{{- define "service.routed" -}}
{{- if and .Values.httpRoute.enabled (eq .Values.serves "http") }}true{{ end -}}
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

{{/* The DNS name under which a service is called over gRPC. */}}
{{- define "service.address" -}}
{{- $name := ternary .name (printf "%s-headless" .name) (eq .root.Values.grpc.balancing "mesh") -}}
dns:///{{ $name }}.{{ .root.Release.Namespace }}.svc:{{ .port }}
{{- end }}
