{{/* Labels of a component's objects: (dict "root" $ "name" "jaeger") */}}
{{- define "observability.labels" -}}
{{ include "observability.podLabels" . }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{- define "observability.podLabels" -}}
{{ include "observability.selector" . }}
app.kubernetes.io/component: observability-local
app.kubernetes.io/part-of: quayside
{{- end }}

{{- define "observability.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .name }}
{{- end }}

{{/* Metadata of an object called like its component: (dict "root" $ "name" "jaeger" "namespace" "...") */}}
{{- define "observability.metadata" -}}
name: {{ .name }}
namespace: {{ .namespace | default .root.Release.Namespace }}
labels:
  {{- include "observability.labels" . | nindent 2 }}
{{- end }}

{{- define "observability.image" -}}
{{ .repository }}:{{ .tag }}{{ with .digest }}@{{ . }}{{ end }}
{{- end }}

{{/* Security context of a pod that runs as this user: (dict "user" 10001 "group" 10001) */}}
{{- define "observability.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .user }}
runAsGroup: {{ .group }}
fsGroup: {{ .user }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "observability.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* A Service for one component: (dict "root" $ "name" "jaeger" "ports" (dict "ui" 16686)). Its container ports have the same names. */}}
{{- define "observability.service" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "observability.metadata" . | nindent 2 }}
spec:
  selector:
    {{- include "observability.selector" . | nindent 4 }}
  ports:
    {{- range $name, $port := .ports }}
    - name: {{ $name }}
      port: {{ $port }}
      targetPort: {{ $name }}
    {{- end }}
{{- end }}

{{/* None of them but Prometheus talks to the Kubernetes API. */}}
{{- define "observability.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "observability.metadata" . | nindent 2 }}
automountServiceAccountToken: false
{{- end }}

{{/* A lost answer of the DNS costs two seconds and not five (resolv.conf's default), and is asked for twice more. */}}
{{- define "observability.dns" -}}
options:
  - { name: timeout, value: '2' }
  - { name: attempts, value: '3' }
{{- end }}
