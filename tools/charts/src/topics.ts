// Writes helm/platform/kafka/base/topics.yaml and users.yaml from the topic registry in libs/contracts.
//   node --import tsx tools/charts/src/topics.ts           writes them
//   node --import tsx tools/charts/src/topics.ts --check   fails when they are not what it would write
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  allTopics,
  consumerGroups,
  deadLetterTopic,
  topics,
  type ConsumerGroup,
  type Topic,
} from '@quayside/contracts';
import { stringify } from 'yaml';

const FOLDER = join(__dirname, '../../../helm/platform/kafka/base');
const COMMAND = 'node --import tsx tools/charts/src/topics.ts';
const labels = { 'strimzi.io/cluster': 'quayside' };

/** A right on a topic or a group. Read, Write and Delete include Describe. */
interface Acl {
  resource: { type: 'topic' | 'group'; name: string; patternType: 'literal' | 'prefix' };
  operations: string[];
}

const acl = (
  type: 'topic' | 'group',
  name: string,
  operations: string[],
  patternType: 'literal' | 'prefix' = 'literal',
): Acl => ({ resource: { type, name, patternType }, operations });

function topicManifests(): object[] {
  return allTopics().map(({ name, partitions, retentionMs }) => ({
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'KafkaTopic',
    metadata: {
      name,
      labels,
      // A topic that is gone from the registry goes with its messages: by hand, not by Argo CD's pruning.
      annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
    },
    spec: {
      partitions,
      replicas: 3,
      config: { 'retention.ms': retentionMs, 'min.insync.replicas': 2 },
    },
  }));
}

const serviceOf = ({ group, service = group }: ConsumerGroup): string => service;

/** What a service may do: publish to its topics; read as its group, and put aside what it cannot process. */
function rightsOf(service: string): Acl[] {
  const published = Object.values<Topic>(topics).filter(({ owner }) => owner === service);
  const groups = Object.values<ConsumerGroup>(consumerGroups).filter(
    (group) => serviceOf(group) === service,
  );
  return [
    ...published.map(({ name }) => acl('topic', name, ['Write'])),
    ...groups.flatMap(({ group, topics: read }) => [
      acl('group', group, ['Read']),
      ...read.flatMap(({ name }) => [
        acl('topic', name, ['Read']),
        acl('topic', deadLetterTopic(group, name), ['Write']),
      ]),
    ]),
  ];
}

/** What a person needs who lists and replays dead letters: libs/messaging/src/dead-letters. */
function rightsOverDeadLetters(): Acl[] {
  const places = Object.values(consumerGroups).flatMap(({ group, topics: read }) =>
    read.map(({ name }) => ({ name, letters: deadLetterTopic(group, name) })),
  );
  const consumed = new Set(places.map(({ name }) => name));
  return [
    ...places.flatMap(({ letters }) => [
      acl('topic', letters, ['Read']),
      acl('group', `${letters}.replay`, ['Read']),
    ]),
    ...[...consumed].map((name) => acl('topic', name, ['Write'])),
    acl('group', 'read-', ['Read', 'Delete'], 'prefix'),
  ];
}

function userManifest(name: string, acls: Acl[]): object {
  return {
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'KafkaUser',
    metadata: { name, labels },
    spec: {
      authentication: { type: 'tls' },
      authorization: { type: 'simple', acls },
    },
  };
}

function userManifests(): object[] {
  const owners = Object.values<Topic>(topics).map(({ owner }) => owner);
  const readers = Object.values<ConsumerGroup>(consumerGroups).map(serviceOf);
  const services = [...new Set([...owners, ...readers])].sort();
  return [
    ...services.map((service) => userManifest(service, rightsOf(service))),
    userManifest('dead-letters', rightsOverDeadLetters()),
  ];
}

const asFile = (documents: object[]) =>
  `# Made by \`${COMMAND}\` from libs/contracts/src/topics.ts. Do not edit.\n` +
  documents.map((one) => `---\n${stringify(one, { singleQuote: true })}`).join('');

/** The generated files: name and text. */
export const topicFiles = (): Record<string, string> => ({
  'topics.yaml': asFile(topicManifests()),
  'users.yaml': asFile(userManifests()),
});

/** Names of the files in `folder` that are not what the registry says. */
export function staleTopicFiles(folder = FOLDER): string[] {
  return Object.entries(topicFiles())
    .filter(([name, text]) => {
      const file = join(folder, name);
      return !existsSync(file) || readFileSync(file, 'utf8') !== text;
    })
    .map(([name]) => name);
}

function run(check: boolean): void {
  const stale = staleTopicFiles();
  if (check && stale.length > 0) {
    console.error(`helm/platform/kafka/base is stale: ${stale.join(', ')}. Run: ${COMMAND}`);
    process.exitCode = 1;
    return;
  }
  const files = topicFiles();
  for (const name of check ? [] : stale) writeFileSync(join(FOLDER, name), files[name] ?? '');
  console.log(stale.length === 0 ? 'Up to date.' : `Written: ${stale.join(', ')}.`);
}

if (require.main === module) run(process.argv.includes('--check'));
