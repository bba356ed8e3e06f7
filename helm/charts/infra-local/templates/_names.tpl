{{/* Labels of an object of the component `name`: (dict "root" $ "name" "kafka") */}}
{{- define "infra.labels" -}}
{{ include "infra.podLabels" . }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{/* Labels of its pods: none that changes with the chart's version, which would restart them. */}}
{{- define "infra.podLabels" -}}
{{ include "infra.selector" . }}
app.kubernetes.io/component: infra-local
app.kubernetes.io/part-of: quayside
{{- end }}

{{/* What finds its pods: the name is the node in helm/call-graph.yaml. */}}
{{- define "infra.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .name }}
{{- end }}

{{/* An image by tag or digest. */}}
{{- define "infra.image" -}}
{{ .repository }}:{{ .tag }}{{ with .digest }}@{{ . }}{{ end }}
{{- end }}

{{/* Security context of a container: Pod Security "restricted" and a read-only root. */}}
{{- define "infra.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* The volume claim of a StatefulSet called `data`, if data is kept. */}}
{{- define "infra.claim" -}}
{{- if .persistent -}}
volumeClaimTemplates:
  - metadata:
      name: data
      labels:
        app.kubernetes.io/component: infra-local
    spec:
      accessModes: [ReadWriteOnce]
      {{- with .className }}
      storageClassName: {{ . }}
      {{- end }}
      resources:
        requests:
          storage: {{ .size }}
{{- end }}
{{- end }}

{{/* Resources; data that is not kept in a volume counts as disk of the pod: (dict "resources" .. "storage" ..) */}}
{{- define "infra.resources" -}}
{{- $resources := deepCopy .resources }}
{{- if not .storage.persistent }}
{{- $_ := set $resources.limits "ephemeral-storage" .storage.size }}
{{- end }}
{{- toYaml $resources }}
{{- end }}

{{/* The value of a key of an existing Secret, else 32 random characters: (dict "root" $ "secret" "x" "key" "y") */}}
{{- define "infra.kept" -}}
{{- $existing := lookup "v1" "Secret" .root.Release.Namespace .secret -}}
{{- if hasKey ($existing.data | default dict) .key -}}
{{ index $existing.data .key | b64dec }}
{{- else -}}
{{ randAlphaNum 32 }}
{{- end -}}
{{- end }}

{{/* A lost answer of the DNS costs two seconds and not five (resolv.conf's default), and is asked for twice more. */}}
{{- define "infra.dns" -}}
options:
  - { name: timeout, value: '2' }
  - { name: attempts, value: '3' }
{{- end }}
