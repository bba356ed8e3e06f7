// `npm run test:cluster`: installs Quayside in the cluster of the current kubectl context and does to it, under load,
// what is done to such systems: updates, switches, kills, restarts. Then it counts the money. README.md says how to run it.
import { setTimeout as wait } from 'node:timers/promises';
import { runSmoke } from '../smoke/run';
import { runCommand } from './command';
import { askOnTerminal, confirmContext } from './context';
import { install, makeNamespace, replicasOf } from './install';
import { createKubectl, type Forward, type Kubectl } from './kubectl';
import { auditLedger, unsentEvents } from './ledger-audit';
import type { Load } from './load/control';
import { startJobLoad } from './load/job';
import { startLocalLoad } from './load/local';
import { createReleases, type Releases } from './releases';
import { tellStep, wrongs, writeReport, type Report } from './report';
import { runStep, type StepResult } from './runner';
import { readClusterSettings, type ClusterSettings } from './settings';
import type { Step, World } from './step';
import { steps } from './steps';

const say = (text: string) => console.log(text);
const GATEWAY = 'http://gateway:8080';

function chosen(names: string[]): Step[] {
  const unknown = names.find((name) => !steps.some((step) => step.name.includes(name)));
  if (unknown !== undefined) {
    const all = steps.map(({ name }) => `  ${name}`).join('\n');
    throw new Error(`No step has "${unknown}" in its name. The steps are:\n${all}`);
  }
  if (names.length === 0) return steps;
  return steps.filter((step) => names.some((name) => step.name.includes(name)));
}

async function journeys(kubectl: Kubectl, { gatewayUrl }: ClusterSettings): Promise<void> {
  say('journeys through the gateway');
  const way = gatewayUrl === undefined ? await kubectl.forward('service/gateway', 8080) : undefined;
  let cards: Forward | undefined;
  try {
    cards = await kubectl.forward('service/card-processor', 8080);
    const target = { gatewayUrl: way?.url ?? gatewayUrl ?? '', cardProcessorUrl: cards.url };
    const { failed } = await runSmoke(target, (line) => say(`  ${line}`));
    if (failed > 0) throw new Error('The journeys do not pass: see above.');
  } finally {
    way?.close();
    cards?.close();
  }
}

/** Starts loads: in the cluster, or here where the gateway can be reached. */
function loads(kubectl: Kubectl, settings: ClusterSettings) {
  const { registry, tag, people, perSecond, gatewayUrl } = settings;
  let number = 0;
  return (target?: string): Promise<Load> => {
    if (target === undefined && gatewayUrl !== undefined) {
      return startLocalLoad(gatewayUrl, { people, perSecond });
    }
    number += 1;
    const name = `load-${number}`;
    const image = `${registry}/gateway:${tag}`;
    return startJobLoad(kubectl, { name, image, target: target ?? GATEWAY, people, perSecond });
  };
}

async function runSteps(list: Step[], world: World): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of list) {
    say(`> ${step.name}`);
    const result = await runStep(step, world);
    say(tellStep(result));
    results.push(result);
  }
  return results;
}

async function auditAll(kubectl: Kubectl, load: Load): Promise<Report['audit']> {
  say('> audit: every accepted payment, every event, the ledger');
  const audit = await load.audit();
  const findings = await auditLedger(kubectl);
  if (findings === undefined) return { ...audit, ledger: 'not checked' };
  findings.push(...(await unsentEvents(kubectl, wait)));
  return { ...audit, ledger: findings.length === 0 ? 'clean' : findings };
}

async function conclude(report: Report): Promise<void> {
  const { accepted, entries, events, ledger } = report.audit;
  say(`${accepted} payments accepted, ${entries} entries in statements, ${events} in feeds`);
  say(`ledger: ${Array.isArray(ledger) ? `${ledger.length} findings` : ledger}`);
  const wrong = wrongs(report);
  for (const text of wrong) say(`WRONG ${text}`);
  const count = (outcome: string) => report.steps.filter((one) => one.outcome === outcome).length;
  say(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  say(`report: ${await writeReport(report)}`);
  if (wrong.length > 0) process.exitCode = 1;
}

async function underLoad(
  list: Step[],
  settings: ClusterSettings,
  kubectl: Kubectl,
  releases: Releases,
) {
  say('starting the load');
  const startLoad = loads(kubectl, settings);
  const load = await startLoad();
  try {
    await load.ready();
    const replicas = await replicasOf(kubectl);
    const world = { settings, kubectl, releases, load, startLoad, replicas, say, wait };
    const results = await runSteps(list, world);
    return { results, audit: await auditAll(kubectl, load) };
  } finally {
    await load.end();
  }
}

async function main(): Promise<void> {
  const settings = readClusterSettings(process.env);
  const list = chosen(settings.steps);
  const { namespace } = settings;
  const context = (await runCommand(settings.kubectl, ['config', 'current-context'])).trim();
  await confirmContext(context, settings.confirmed, askOnTerminal);
  say(`Quayside in namespace ${namespace} of ${context}`);
  const kubectl = createKubectl({ program: settings.kubectl, context, namespace, run: runCommand });
  const releases = createReleases(settings, context, runCommand);
  const startedAt = new Date().toISOString();
  const version = await kubectl.run(['get', '--raw', '/version']);
  const { gitVersion: kubernetes } = JSON.parse(version) as { gitVersion: string };
  const made = await makeNamespace(kubectl, namespace);
  await install(kubectl, releases, say);
  await journeys(kubectl, settings);
  const { results, audit } = await underLoad(list, settings, kubectl, releases);
  await journeys(kubectl, settings);
  await conclude({ context, kubernetes, startedAt, steps: results, audit });
  if (made && !settings.keep) await kubectl.run(['delete', 'namespace', namespace, '--wait=false']);
  else say(`Left as it is: kubectl --context ${context} -n ${namespace} get pods`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  // Port-forwards and loads may still be open.
  process.exit(1);
});
