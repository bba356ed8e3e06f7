{{/* Labels of an object of one service's database: (dict "root" $ "service" "payments") */}}
{{- define "databases.labels" -}}
app.kubernetes.io/name: postgres-{{ .service }}
app.kubernetes.io/instance: postgres-{{ .service }}
app.kubernetes.io/component: database
app.kubernetes.io/part-of: quayside
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end }}

{{/* Connection string: (dict "service" "payments" "role" "payments_app") */}}
{{- define "databases.url" -}}
{{- /* Encrypted; the server's certificate is not checked: see docs/databases.md. */ -}}
postgres://{{ .role }}:{{ "{{ .password }}" }}@postgres-{{ .service }}-rw:5432/{{ .service }}?sslmode=no-verify
{{- end }}
