import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { runHelm } from './helm';
import type { Manifest } from './manifest';
import { inRepository } from './repository';
import { mergeValues, readYaml, type Values } from './values';
import { specOf } from './workload';

interface Generator {
  git?: { files: { path: string }[]; pathParamPrefix?: string };
  list?: { elementsYaml: string };
  matrix?: { generators: Generator[] };
}

interface ApplicationSetSpec {
  generators: Generator[];
  template: Values & { metadata: { name: string } };
  templatePatch?: string;
}

/** Reads a file of the repository, or what a test has in its place. */
export type Read = (path: string) => Values;

const readFile: Read = (path) => (readYaml(path) ?? {}) as Values;

/**
 * A Go template, filled once for each set of parameters. By helm: its functions are those of Argo CD here
 * (sprig and toJson), so the texts of an ApplicationSet are run and not read.
 */
async function fill(template: string, sets: readonly Values[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'application-set-'));
  try {
    await mkdir(join(folder, 'templates'));
    await writeFile(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: filled\nversion: 0.0.0\n');
    await writeFile(join(folder, 'values.yaml'), JSON.stringify({ sets }));
    const each = '{{ range .Values.sets }}- {{ include "it" . | toJson }}\n{{ end }}';
    const text = `{{- define "it" }}${template}{{ end -}}\nfilled:\n${each}`;
    await writeFile(join(folder, 'templates', 'filled.yaml'), text);
    const { exitCode, stdout, stderr } = await runHelm(['template', 'filled', folder]);
    if (exitCode !== 0) throw new Error(stderr.trim());
    if (stdout.includes('<no value>')) throw new Error(`A parameter is missing:\n${stdout}`);
    return ((parse(stdout) as { filled?: string[] }).filled ?? []).map(String);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function filesOf(pattern: string): string[] {
  const [folder = ''] = pattern.split('/*');
  if (folder === pattern) return [pattern];
  const fits = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`);
  return readdirSync(inRepository(folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => fits.test(file))
    .sort();
}

/** What Argo CD's git generator says of a file, besides its content. */
function pathOf(file: string): Values {
  const folder = dirname(file);
  return {
    path: folder,
    basename: basename(folder),
    filename: basename(file),
    segments: folder.split('/'),
  };
}

async function generate(generator: Generator, given: Values, read: Read): Promise<Values[]> {
  const { git, list, matrix } = generator;
  if (matrix) {
    const [first, second] = matrix.generators;
    const outer = first ? await generate(first, given, read) : [];
    if (!second) return outer;
    const rows = outer.map(async (params) =>
      (await generate(second, params, read)).map((more) => ({ ...params, ...more })),
    );
    return (await Promise.all(rows)).flat();
  }
  if (list) {
    const [text = ''] = await fill(list.elementsYaml, [given]);
    return parse(text) as Values[];
  }
  const patterns = (git?.files ?? []).map(async ({ path }) => {
    const [pattern = ''] = path.includes('{{') ? await fill(path, [given]) : [path];
    return filesOf(pattern).map((file) => {
      const own = { path: pathOf(file) };
      return { ...read(file), ...(git?.pathParamPrefix ? { [git.pathParamPrefix]: own } : own) };
    });
  });
  return (await Promise.all(patterns)).flat();
}

/** The quotes within the expressions of a template that is written as JSON are no longer those of JSON. */
const asTemplate = (value: object) =>
  JSON.stringify(value).replaceAll(/\{\{.*?\}\}/g, (expression) =>
    expression.replaceAll('\\"', '"'),
  );

/** The Applications that Argo CD makes of an ApplicationSet. */
export async function applicationsOf(set: Manifest, read: Read = readFile): Promise<Manifest[]> {
  const { generators = [], template = {}, templatePatch = '' } = specOf<ApplicationSetSpec>(set);
  const made = generators.map((generator) => generate(generator, {}, read));
  const sets = (await Promise.all(made)).flat();
  if (sets.length === 0) return [];
  const patches = await fill(templatePatch, sets);
  return (await fill(asTemplate(template), sets)).map((text, at) => {
    const patch = (parse(patches[at] ?? '') ?? {}) as Values;
    const whole = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };
    return { ...whole, ...mergeValues(JSON.parse(text) as Values, patch) } as Manifest;
  });
}
