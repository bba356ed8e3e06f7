{{/* What would not work, in a sentence that says what to do. */}}
{{- define "rollouts.checks" -}}
{{- $service := .Values.service -}}
{{- $strategy := .Values.release.strategy | default "rolling" -}}
{{- if ne $strategy "rolling" -}}
  {{- fail (printf "The release %s has the strategy %s, and Argo Rollouts brings its own: set release.strategy to rolling and image.tag or image.digest in its file in helm/releases." $service $strategy) -}}
{{- end -}}
{{- with .Values.autoscaling -}}
  {{- if and .maxReplicas (le (int .maxReplicas) (int $.Values.replicas)) -}}
    {{- fail (printf "autoscaling.maxReplicas is %d and replicas, its minimum, is %d: there is nothing to scale." (int .maxReplicas) (int $.Values.replicas)) -}}
  {{- end -}}
{{- end -}}
{{- /* An HPA of the Deployment would start again the pods that Rollouts has stopped. Without a cluster nothing is found. */ -}}
{{- range (lookup "autoscaling/v2" "HorizontalPodAutoscaler" .Release.Namespace "").items -}}
  {{- if and (eq .spec.scaleTargetRef.kind "Deployment") (eq .spec.scaleTargetRef.name $service) -}}
    {{- fail (printf "The HorizontalPodAutoscaler %s scales the Deployment %s, which the Rollout replaces: upgrade the release %s with -f helm/overlays/argo-rollouts/service-values.yaml first." .metadata.name $service $service) -}}
  {{- end -}}
{{- end -}}
{{- end }}

{{/* The Service that callers use: the headless one of what serves gRPC. */}}
{{- define "rollouts.activeService" -}}
{{ .Values.service }}{{ if eq .Values.serves "grpc" }}-headless{{ end }}
{{- end }}

{{/* Which pods are judged: those of the new revision. */}}
{{- define "rollouts.args" -}}
- name: hash
  valueFrom:
    podTemplateHashValue: Latest
{{- end }}
