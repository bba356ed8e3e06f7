{{/*
The variants of the service that run, as JSON: one for `rolling`, the colours for `blueGreen`, the stable one and the
canary for `canary`. Each has a Deployment, a ConfigMap, an HPA, a PDB and a migration Job of its own.

  name       of its Deployment
  track      label by which Services tell it from the others: stable, canary, blue or green
  tag, digest, replicas, settings
  consumers  whether its Kafka consumers run
  scaled     whether an HPA scales it
*/}}
{{- define "service.variants" -}}
{{- include "service.checks" . -}}
{{- $name := .Release.Name -}}
{{- $release := .Values.release -}}
{{- /* A volume that one pod can have: an environment's numbers are for the others. */ -}}
{{- $alone := not (empty .Values.storage.size) -}}
{{- $hpa := and .Values.autoscaling.enabled (not $alone) -}}
{{- $stable := dict "name" $name "track" "stable" "consumers" true "scaled" $hpa "settings" dict
      "tag" .Values.image.tag "digest" .Values.image.digest "replicas" (ternary 1 .Values.replicas $alone) -}}
{{- $variants := list -}}
{{- if or (ne $release.strategy "blueGreen") $release.keepRolling -}}
  {{- $variants = append $variants $stable -}}
{{- end -}}
{{- if eq $release.strategy "blueGreen" -}}
  {{- $consuming := default $release.activeColor $release.consumersIn -}}
  {{- range $color := list "blue" "green" -}}
    {{- $variant := index $release.colors $color -}}
    {{- if $variant.replicas -}}
      {{- $variants = append $variants (merge (dict "name" (printf "%s-%s" $name $color) "track" $color
            "consumers" (has $consuming (list $color "both")) "scaled" $hpa) $variant) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- if and (eq $release.strategy "canary") $release.canary.replicas -}}
  {{- /* Without weights the number of its replicas is its share, so nothing may change it. */ -}}
  {{- $variants = append $variants (merge (dict "name" (printf "%s-canary" $name) "track" "canary"
        "scaled" (and $hpa (include "service.weighted" . | eq "true"))) $release.canary) -}}
{{- end -}}
{{- dict "list" $variants | toJson -}}
{{- end }}

{{/* blueGreen: the colour that does not have the traffic. */}}
{{- define "service.idleColor" -}}
{{- ternary "green" "blue" (eq .Values.release.activeColor "blue") -}}
{{- end }}

{{/* How long a colour is still called after a switch, in seconds: connection age with its 10 % of jitter, and grace. */}}
{{- define "service.switchSeconds" -}}
{{- with .Values.grpc -}}
{{- add (div (mul .maxConnectionAgeSeconds 11) 10) .maxConnectionAgeGraceSeconds -}}
{{- end -}}
{{- end }}
