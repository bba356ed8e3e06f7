import { parse, stringify } from 'yaml';
import { onPath, run } from '../run';

/** Why tests that need promtool are skipped; false where they run. */
export const promtoolMissing = (): string | false =>
  onPath('promtool', '--version') === undefined &&
  'no promtool on PATH: it comes with Prometheus (Debian and Ubuntu: the package prometheus)';

/** Runs promtool; returns what it says when it is not content. */
export async function promtool(...args: string[]): Promise<string[]> {
  const { exitCode, stdout, stderr } = await run('promtool', args);
  return exitCode === 0 ? [] : [`promtool ${args.join(' ')}: ${stdout}${stderr}`];
}

interface PrometheusConfig {
  rule_files?: string[];
  scrape_configs: { kubernetes_sd_configs?: object[]; static_configs?: object[] }[];
}

/**
 * A configuration with its rules in another file, and without what asks Kubernetes for targets: Debian builds promtool
 * without it. What is done with the targets stays.
 */
export function portableConfig(text: string, rulesFile: string): string {
  const config = parse(text) as PrometheusConfig;
  return stringify({
    ...config,
    rule_files: [rulesFile],
    scrape_configs: config.scrape_configs.map(({ kubernetes_sd_configs: discovery, ...rest }) =>
      discovery ? { ...rest, static_configs: [{ targets: ['localhost:1'] }] } : rest,
    ),
  });
}

interface Panel {
  title?: string;
  targets?: { expr?: string }[];
  panels?: Panel[];
}

const expressionsOfPanel = ({ title = '', targets = [], panels = [] }: Panel): Expression[] => [
  ...targets.flatMap(({ expr }) => (expr === undefined ? [] : [{ where: title, expr }])),
  ...panels.flatMap(expressionsOfPanel),
];

/** A query in PromQL, and what shows it. */
export interface Expression {
  where: string;
  expr: string;
}

/** The queries of a Grafana dashboard, with its variables replaced by something that parses. */
export function dashboardExpressions(text: string): Expression[] {
  const { panels = [] } = JSON.parse(text) as { panels?: Panel[] };
  return panels.flatMap(expressionsOfPanel).map(({ where, expr }) => ({
    where,
    expr: expr.replaceAll(/\$__(rate_)?interval|\[\$\w+\]/g, (match) =>
      match.startsWith('[') ? '[5m]' : '5m',
    ),
  }));
}
