{{/* What the pods of the service and of its Jobs have in common. */}}

{{/* Pod Security "restricted": a user without rights, and above 10000 so that it is nobody on the node. */}}
{{- define "service.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
supplementalGroups: [65532]
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* A lost answer of the DNS costs two seconds and not five (resolv.conf's default), and is asked for twice more. */}}
{{- define "service.dns" -}}
options:
  - { name: timeout, value: '2' }
  - { name: attempts, value: '3' }
{{- end }}

{{- define "service.containerSecurity" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: {{ .Values.security.readOnlyRootFilesystem }}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
capabilities:
  drop: [ALL]
{{- end }}

{{/* V8 does not know that requests arrive beside its heap: three quarters of the memory limit are its old space. */}}
{{- define "service.nodeOptions" -}}
{{- $limit := .Values.resources.limits.memory -}}
{{- $mebibytes := int (trimSuffix "Mi" $limit) -}}
{{- if hasSuffix "Gi" $limit }}{{ $mebibytes = mul 1024 (int (trimSuffix "Gi" $limit)) }}{{ end -}}
{{- /* The first is the image's own, which a variable of the pod replaces. */ -}}
--enable-source-maps --max-old-space-size={{ div (mul $mebibytes 3) 4 }}
{{- end }}

{{/* Keys of an existing Secret as files that only the service's group reads: (dict "name" "x" "keys" (list "y")) */}}
{{- define "service.secretVolume" -}}
name: secrets
secret:
  secretName: {{ .name }}
  defaultMode: 0440
  items:
    {{- range .keys }}
    - { key: {{ . }}, path: {{ . }} }
    {{- end }}
{{- end }}

{{- define "service.tmpVolume" -}}
name: tmp
emptyDir:
  sizeLimit: {{ .Values.tmpSize }}
{{- end }}

{{/* What overlays add: a map by name made a list. Lists would not add up: of two values files the later one's counts. */}}
{{- define "service.named" -}}
{{- range $name, $thing := . }}
- name: {{ $name }}
  {{- toYaml $thing | nindent 2 }}
{{- end }}
{{- end }}
