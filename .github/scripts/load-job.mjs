// Prints the Job of tools/cluster/manifests/journeys.yaml as one that repeats the journeys for a while.
// Usage: node .github/scripts/load-job.mjs IMAGE SECONDS
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const [image, seconds] = process.argv.slice(2);
if (!image || !(Number(seconds) > 0)) {
  console.error('Usage: node .github/scripts/load-job.mjs IMAGE SECONDS');
  // As shells and their tools say that they were called wrongly.
  process.exit(2);
}
const job = parse(readFileSync('tools/cluster/manifests/journeys.yaml', 'utf8'));
const [container] = job.spec.template.spec.containers;
job.metadata.name = 'journeys-under-load';
container.image = image;
container.env = [
  { name: 'QUAYSIDE_URL', value: 'http://gateway.quayside.svc.cluster.local:8080' },
  { name: 'SMOKE_SECONDS', value: seconds },
];
console.log(JSON.stringify(job));
