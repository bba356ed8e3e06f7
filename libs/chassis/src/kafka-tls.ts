import { ConfigError } from '@quayside/config';
import type { KafkaConnection } from '@quayside/messaging';
import type { BaseSettings } from './settings';

type KafkaTlsSettings = Pick<
  BaseSettings,
  'KAFKA_TLS_CERT_FILE' | 'KAFKA_TLS_KEY_FILE' | 'KAFKA_TLS_CA_FILE'
>;

/** The files of mutual TLS with Kafka: all of them, or none for plain text. */
export function kafkaTls(settings: KafkaTlsSettings): Pick<KafkaConnection, 'tls'> {
  const certFile = settings.KAFKA_TLS_CERT_FILE;
  const keyFile = settings.KAFKA_TLS_KEY_FILE;
  const caFile = settings.KAFKA_TLS_CA_FILE;
  if (certFile !== undefined && keyFile !== undefined && caFile !== undefined) {
    return { tls: { certFile, keyFile, caFile } };
  }
  if (certFile ?? keyFile ?? caFile) {
    const names = 'KAFKA_TLS_CERT_FILE, KAFKA_TLS_KEY_FILE and KAFKA_TLS_CA_FILE';
    throw new ConfigError([`${names} belong together. Set all of them or none.`]);
  }
  return {};
}
