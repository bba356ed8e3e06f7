{{/* Values that are well-formed one by one and impossible together. Each refusal is one sentence that says what to do. */}}
{{- define "service.checks" -}}
{{- include "service.checkCallGraph" . -}}
{{- include "service.checkKafka" . -}}
{{- include "service.checkScaling" . -}}
{{- include "service.checkRelease" . -}}
{{- include "service.checkStorage" . -}}
{{- end }}

{{- define "service.checkCallGraph" -}}
{{- $name := .Release.Name -}}
{{- $nodes := .Values.callGraph.nodes | default dict -}}
{{- if not $nodes -}}
  {{- fail "The call graph is missing: add -f helm/call-graph.yaml as the first values file." -}}
{{- end -}}
{{- if not (dig $name "port" 0 $nodes) -}}
  {{- fail (printf "%s is not in the call graph: give it a node with a port in helm/call-graph.yaml; the release must be called like the service." $name) -}}
{{- end -}}
{{- if not (include "service.present" (dict "root" . "name" $name)) -}}
  {{- fail (printf "The call graph says that this environment has no %s (absent: true): do not install it here." $name) -}}
{{- end -}}
{{- range $caller := ternary (list $name (printf "%s-migrate" $name)) (list $name) (include "service.migrates" . | eq "true") -}}
  {{- range $callee := dig $caller "calls" list $nodes -}}
    {{- if not (dig $callee "port" 0 $nodes) -}}
      {{- fail (printf "%s calls %s, which has no port in the call graph: add it to helm/call-graph.yaml." $caller $callee) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end }}

{{- define "service.checkKafka" -}}
{{- if and (include "service.makesTopics" .) (include "service.kafkaTls" .) -}}
  {{- fail "topics.enabled is for a Kafka without TLS (local, ci); with kafka.tls the topics are made beside Kafka (helm/platform/kafka)." -}}
{{- end -}}
{{- end }}

{{- define "service.checkScaling" -}}
{{- with .Values.autoscaling -}}
{{- if and .enabled .external -}}
  {{- fail (printf "autoscaling.enabled and autoscaling.external=%s: two would set the number of replicas; keep one." .external) -}}
{{- end -}}
{{- if and .enabled (not (or .cpuPercent .memoryPercent .podMetrics)) -}}
  {{- fail "autoscaling is enabled without a metric: set cpuPercent, memoryPercent or podMetrics." -}}
{{- end -}}
{{- if and .enabled (le (int .maxReplicas) (int $.Values.replicas)) -}}
  {{- fail (printf "autoscaling.maxReplicas is %d and replicas, its minimum, is %d: there is nothing to scale." (int .maxReplicas) (int $.Values.replicas)) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "service.checkRelease" -}}
{{- $release := .Values.release -}}
{{- $colors := or $release.activeColor $release.consumersIn $release.overlap $release.keepRolling $release.colors.blue.replicas $release.colors.green.replicas -}}
{{- $canary := or $release.canary.replicas $release.canary.weight -}}
{{- if and $colors (ne $release.strategy "blueGreen") -}}
  {{- fail (printf "release.strategy is %s, and values of blueGreen are set: keep one strategy (docs/releases.md says how to change it)." $release.strategy) -}}
{{- end -}}
{{- if and $canary (ne $release.strategy "canary") -}}
  {{- fail (printf "release.strategy is %s, and a canary is set: keep one strategy (docs/releases.md says how to change it)." $release.strategy) -}}
{{- end -}}
{{- if or (ne $release.strategy "blueGreen") $release.keepRolling -}}
  {{- if not (or .Values.image.tag .Values.image.digest) -}}
    {{- fail "No image is chosen: set image.tag or image.digest, as helm/releases/<environment>/<service>.yaml does." -}}
  {{- end -}}
{{- end -}}
{{- if eq $release.strategy "blueGreen" }}{{ include "service.checkColors" . }}{{ end -}}
{{- if eq $release.strategy "canary" }}{{ include "service.checkCanary" . }}{{ end -}}
{{- end }}

{{- define "service.checkStorage" -}}
{{- if .Values.storage.size -}}
{{- with .Values.autoscaling.external -}}
  {{- fail (printf "storage.size makes a volume that one pod can have, and autoscaling.external=%s would add others: leave it out, or keep the data in a database." .) -}}
{{- end -}}
{{- if ne .Values.release.strategy "rolling" -}}
  {{- fail (printf "storage.size makes a volume that one pod can have, and release.strategy %s needs a second one: set it to rolling." .Values.release.strategy) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "service.checkColors" -}}
{{- $release := .Values.release -}}
{{- if not $release.activeColor -}}
  {{- fail "release.strategy is blueGreen: set release.activeColor to blue or green." -}}
{{- end -}}
{{- range $color, $variant := $release.colors -}}
  {{- if and $variant.replicas (not (or $variant.tag $variant.digest)) -}}
    {{- fail (printf "release.colors.%s has replicas and no image: set its tag or digest." $color) -}}
  {{- end -}}
  {{- if and $variant.replicas $.Values.autoscaling.enabled (le (int $.Values.autoscaling.maxReplicas) (int $variant.replicas)) -}}
    {{- fail (printf "release.colors.%s.replicas, its minimum, is not below autoscaling.maxReplicas." $color) -}}
  {{- end -}}
  {{- if and (not $variant.replicas) (eq $color $release.activeColor) -}}
    {{- fail (printf "release.activeColor is %s, which has no replicas: nobody would answer." $color) -}}
  {{- end -}}
  {{- if and (not $variant.replicas) (has $release.consumersIn (list $color "both")) -}}
    {{- fail (printf "release.consumersIn is %s, and %s has no replicas: events would wait." $release.consumersIn $color) -}}
  {{- end -}}
{{- end -}}
{{- end }}

{{- define "service.checkCanary" -}}
{{- $canary := .Values.release.canary -}}
{{- $weighted := not (kindIs "invalid" $canary.weight) -}}
{{- if and $weighted (eq (include "service.serves" .) "grpc") (ne .Values.grpc.balancing "mesh") -}}
  {{- fail "release.canary.weight has no effect on a gRPC service, which is called past every route: set release.canary.replicas as its share, or use a mesh (grpc.balancing=mesh)." -}}
{{- end -}}
{{- if and $weighted (not (include "service.weighted" .)) -}}
  {{- fail "release.canary.weight needs something that splits traffic: enable httpRoute, or leave the weight out and set release.canary.replicas as its share." -}}
{{- end -}}
{{- if and $canary.weight (not $canary.replicas) -}}
  {{- fail "release.canary.weight sends requests to a canary without replicas: set release.canary.replicas." -}}
{{- end -}}
{{- if and $canary.replicas (include "service.weighted" .) (not $weighted) -}}
  {{- fail "There is a canary behind an HTTPRoute or a mesh: say its share by release.canary.weight, 0 to begin with." -}}
{{- end -}}
{{- if and $canary.replicas (not (or $canary.tag $canary.digest)) -}}
  {{- fail "release.canary has replicas and no image: set its tag or digest." -}}
{{- end -}}
{{- end }}
