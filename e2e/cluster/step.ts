import type { Kubectl } from './kubectl';
import type { Load } from './load/control';
import type { Summary } from './load/window';
import type { Releases } from './releases';
import type { ClusterSettings } from './settings';

/** What a step works with. */
export interface World {
  settings: ClusterSettings;
  kubectl: Kubectl;
  releases: Releases;
  load: Load;
  /** A second load, through another way in; ends with the step that asked for it. */
  startLoad(target: string): Promise<Load>;
  /** Replicas of each service when nothing is changed. */
  replicas: number;
  say(text: string): void;
  wait(ms: number): Promise<void>;
}

/** What a step found out. */
export interface Findings {
  /** For the report: what was seen. */
  notes?: string[];
  /** What is wrong, besides failed requests. */
  faults?: string[];
  /** Loads of its own. */
  summaries?: Summary[];
}

/** One thing that is done to the running system under load. */
export interface Step {
  name: string;
  /** What people plan may cost no request; of an accident the system must recover. */
  planned: boolean;
  /** Why it cannot be done in this cluster; undefined where it can. */
  unable?(world: World): Promise<string | undefined>;
  run(world: World): Promise<Findings>;
}
