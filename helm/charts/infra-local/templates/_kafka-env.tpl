{{/* Settings of the broker, by their names in the image's environment. */}}
{{- define "infra.kafkaEnv" -}}
CLUSTER_ID: {{ .clusterId }}
KAFKA_HEAP_OPTS: {{ .heap }}
{{- /* Without `-loggc`, which would write up to 1 GB of garbage collector logs. */}}
EXTRA_ARGS: -name kafkaServer
KAFKA_NODE_ID: '1'
KAFKA_PROCESS_ROLES: broker,controller
{{- /* Clients are sent to what is advertised: those inside to the Service, those outside to their own end of the port-forward. */}}
{{- if .externalListener.enabled }}
KAFKA_LISTENERS: PLAINTEXT://:9092,CONTROLLER://:9093,EXTERNAL://:{{ .externalListener.port }}
KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://kafka:9092,EXTERNAL://localhost:{{ .externalListener.port }}
KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,EXTERNAL:PLAINTEXT
{{- else }}
KAFKA_LISTENERS: PLAINTEXT://:9092,CONTROLLER://:9093
KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://kafka:9092
KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
{{- end }}
KAFKA_INTER_BROKER_LISTENER_NAME: PLAINTEXT
KAFKA_CONTROLLER_LISTENER_NAMES: CONTROLLER
{{- /* Not by the Service's name: that leads to a ready pod only, and it is not ready before it has found itself. */}}
KAFKA_CONTROLLER_QUORUM_VOTERS: 1@localhost:9093
{{- /* A folder of its own: a volume may have a lost+found, which Kafka takes for a broken partition. */}}
KAFKA_LOG_DIRS: /var/lib/kafka/data/log
{{- /* Topics come from the registry in libs/contracts (`node main.js topics`); a misspelt one must fail. */}}
KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false'
KAFKA_DEFAULT_REPLICATION_FACTOR: '1'
KAFKA_MIN_INSYNC_REPLICAS: '1'
KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1'
KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '4'
KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1'
KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1'
KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR: '1'
KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR: '1'
KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0'
{{- end }}
