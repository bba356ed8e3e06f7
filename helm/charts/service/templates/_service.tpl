{{/* One Service of the port that is served: (dict "root" $ "suffix" "-active" "selector" $labels "headless" false) */}}
{{- define "service.service" -}}
{{- $root := .root -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ $root.Release.Name }}{{ .suffix }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "service.labels" (dict "root" $root "name" $root.Release.Name) | nindent 4 }}
  {{- with $root.Values.service.annotations }}
  annotations:
    {{- range $name, $text := . }}
    {{ $name }}: {{ tpl $text $root | quote }}
    {{- end }}
  {{- end }}
spec:
  type: ClusterIP
  {{- if .headless }}
  clusterIP: None
  {{- end }}
  selector:
    {{- .selector | nindent 4 }}
  ports:
    - name: {{ include "service.serves" $root }}
      port: {{ (index $root.Values.callGraph.nodes $root.Release.Name).port }}
      targetPort: {{ include "service.serves" $root }}
      protocol: TCP
      # For meshes and gateways, which cannot see it from the bytes.
      appProtocol: {{ include "service.serves" $root }}
{{- end }}
