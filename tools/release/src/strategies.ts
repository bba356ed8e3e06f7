import {
  strategyOf,
  type Change,
  type Color,
  type Image,
  type ReleaseValues,
} from './release-file';

/** One commit of a release: what it changes, and which pods then have to run the new image. */
export interface Step {
  name: string;
  changes: Change[];
  /** Label `quayside.dev/track` of the pods that this step starts; without it nothing new starts. */
  starts?: string;
  /** Label of the pods whose errors are watched afterwards; without it nobody is looked at. */
  watches?: string;
  /** Takes the traffic from pods that run on. */
  moves?: boolean;
  /** Ends pods that had the traffic: not before the last connection to them is closed. */
  ends?: boolean;
}

/**
 * Shares of the traffic that a canary gets, one after the other. The first is 0: a weight acts at once, and a canary that
 * is not ready yet would answer its share with 503.
 */
const weights = [0, 10, 50, 100];

/**
 * The steps from what runs to `image`, by the strategy of the service's release file. `replicas` is the usual number
 * of the environment. Stopping at any step and restoring the file leads back: docs/releases.md.
 */
export function stepsOf(values: ReleaseValues, image: Image, replicas: number): Step[] {
  switch (strategyOf(values)) {
    case 'rolling':
      return rolling(image);
    case 'blueGreen':
      return blueGreen(values, image, replicas);
    case 'canary':
      return canary(values, image, replicas);
  }
}

const imageAt = (path: string[], { tag, digest }: Image): Change[] => [
  [[...path, 'tag'], tag],
  [[...path, 'digest'], digest],
];

function rolling(image: Image): Step[] {
  const changes = imageAt(['image'], image);
  return [{ name: 'replace the pods one by one', changes, starts: 'stable', watches: 'stable' }];
}

function blueGreen({ release }: ReleaseValues, image: Image, usual: number): Step[] {
  const active: Color = release?.activeColor ?? 'blue';
  const next: Color = active === 'blue' ? 'green' : 'blue';
  const replicas = release?.colors?.[active]?.replicas ?? usual;
  const colour = (name: Color, key: string) => ['release', 'colors', name, key];
  const consumersIn = ['release', 'consumersIn'];
  return [
    {
      name: `start ${next} beside ${active}`,
      changes: [
        ...imageAt(['release', 'colors', next], image),
        [colour(next, 'replicas'), replicas],
        // Said outright, so that the switch moves the traffic alone: moving consumers restarts pods.
        [consumersIn, active],
      ],
      starts: next,
    },
    {
      name: `give ${next} the traffic`,
      changes: [[['release', 'activeColor'], next]],
      watches: next,
      moves: true,
    },
    { name: `let ${next} consume events`, changes: [[consumersIn, next]], watches: next },
    {
      name: `end ${active}`,
      ends: true,
      changes: [
        [colour(active, 'replicas'), 0],
        [colour(active, 'tag'), undefined],
        [colour(active, 'digest'), undefined],
        [consumersIn, undefined],
      ],
    },
  ];
}

function canary({ release }: ReleaseValues, image: Image, usual: number): Step[] {
  const at = (key: string) => ['release', 'canary', key];
  // A service without a weight in its file is called past every route: its canary's share is its replicas.
  const weighted = release?.canary?.weight !== undefined;
  const shares: Step[] = (weighted ? weights : [0]).map((weight, index) => ({
    name: weight === 0 ? 'start the canary' : `send ${weight} % to the canary`,
    changes: [
      ...imageAt(['release', 'canary'], image),
      [at('replicas'), Math.max(1, Math.ceil((usual * weight) / 100))],
      ...(weighted ? ([[at('weight'), weight]] satisfies Change[]) : []),
    ],
    starts: index === 0 ? 'canary' : undefined,
    watches: weighted && weight === 0 ? undefined : 'canary',
  }));
  return [
    ...shares,
    {
      name: 'replace the stable pods',
      changes: imageAt(['image'], image),
      starts: 'stable',
    },
    ...(weighted
      ? [
          {
            name: 'send everything to the stable pods',
            changes: [[at('weight'), 0]] satisfies Change[],
            watches: 'stable',
          },
        ]
      : []),
    {
      name: 'end the canary',
      changes: [
        [at('replicas'), 0],
        [at('tag'), undefined],
        [at('digest'), undefined],
      ],
      watches: weighted ? undefined : 'stable',
    },
  ];
}
