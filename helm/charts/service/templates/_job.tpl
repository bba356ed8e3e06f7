{{/*
A hook Job that runs a subcommand of the service's own image before its pods start.
(dict "root" $ "variant" $variant "node" "auth-migrate" "command" "migrate" "env" (list ...) "secret" (dict "name" "x" "keys" (list "y")))

It is kept when it fails, so that its log can be read, and made anew by the next try. Helm 4 (and 3.18) print the log.
*/}}
{{- define "service.job" -}}
{{- $root := .root }}
{{- $values := .root.Values }}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .node }}{{ if ne .variant.track "stable" }}-{{ .variant.track }}{{ end }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "service.labels" (dict "root" $root "name" .node) | nindent 4 }}
    app.kubernetes.io/component: {{ .command }}
  annotations:
    {{- include "service.hook" "0" | nindent 4 }}
    helm.sh/hook-output-log-policy: hook-failed
spec:
  backoffLimit: {{ $values.migration.retries }}
  activeDeadlineSeconds: {{ $values.migration.deadlineSeconds }}
  # One that failed and was never tried again goes after a day.
  ttlSecondsAfterFinished: 86400
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {{ .node }}
        app.kubernetes.io/instance: {{ $root.Release.Name }}
        app.kubernetes.io/component: {{ .command }}
        app.kubernetes.io/part-of: quayside
        {{- with $values.job.labels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with $values.job.annotations }}
      annotations:
        {{- range $name, $text := . }}
        {{ $name }}: {{ tpl $text $root | quote }}
        {{- end }}
      {{- end }}
    spec:
      # A failed pod stays beside the one that tries again, with its log.
      restartPolicy: Never
      serviceAccountName: {{ $root.Release.Name }}-jobs
      automountServiceAccountToken: false
      enableServiceLinks: false
      dnsConfig:
        {{- include "service.dns" . | nindent 8 }}
      {{- with $values.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      {{- with $values.image.pullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - name: {{ . }}
        {{- end }}
      {{- end }}
      {{- with $values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        {{- include "service.podSecurity" $root | nindent 8 }}
      containers:
        - name: {{ .command }}
          image: {{ include "service.image" . }}
          imagePullPolicy: {{ $values.image.pullPolicy }}
          args: [main.js, {{ .command }}]
          env:
            - { name: NODE_OPTIONS, value: {{ include "service.nodeOptions" $root }} }
            - { name: LOG_LEVEL, value: {{ $values.logLevel }} }
            {{- toYaml .env | nindent 12 }}
          resources:
            {{- toYaml $values.resources | nindent 12 }}
          securityContext:
            {{- include "service.containerSecurity" $root | nindent 12 }}
          terminationMessagePolicy: FallbackToLogsOnError
          volumeMounts:
            - { name: tmp, mountPath: /tmp }
            {{- if .secret }}
            - { name: secrets, mountPath: {{ $values.secrets.path }}, readOnly: true }
            {{- end }}
      volumes:
        - {{ include "service.tmpVolume" $root | nindent 10 | trim }}
        {{- with .secret }}
        - {{ include "service.secretVolume" . | nindent 10 | trim }}
        {{- end }}
        {{- with $values.job.volumes }}
        {{- include "service.named" . | trim | nindent 8 }}
        {{- end }}
{{- end }}

{{/* Before anything of the release is made or changed; in the order of the weights. */}}
{{- define "service.hook" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: {{ . | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}
