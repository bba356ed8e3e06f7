{{/* What would not work, in a sentence that says what to do. */}}
{{- define "keda.checks" -}}
{{- $values := .Values -}}
{{- $target := default $values.service $values.deployment -}}
{{- if not (or $values.prometheus.threshold $values.kafka.lagThreshold) -}}
  {{- fail "There is nothing to scale by: set prometheus.threshold or kafka.lagThreshold." -}}
{{- end -}}
{{- if le (int $values.maxReplicas) (int $values.minReplicas) -}}
  {{- fail (printf "maxReplicas is %d and minReplicas is %d: there is nothing to scale." (int $values.maxReplicas) (int $values.minReplicas)) -}}
{{- end -}}
{{- /* Two that set the same number fight. KEDA's own HPA for this object is not another one. Without a cluster nothing is found. */ -}}
{{- range (lookup "autoscaling/v2" "HorizontalPodAutoscaler" .Release.Namespace "").items -}}
  {{- $other := .metadata.name -}}
  {{- if ne $other (printf "keda-hpa-%s" $target) -}}
    {{- with .spec.scaleTargetRef -}}
      {{- if and (eq .kind "Deployment") (eq .name $target) -}}
        {{- fail (printf "The HorizontalPodAutoscaler %s scales %s already, and KEDA makes one of its own: upgrade the release %s with -f helm/overlays/keda/service-values.yaml first." $other $target $values.service) -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end }}
