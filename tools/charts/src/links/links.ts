import type { Rule } from '../hardening/rule';
import { brokenReleases } from '../releases';
import { deadAddresses } from './addresses';
import { missingClasses } from './classes';
import { danglingRoutes } from './gateways';
import { missingMounts } from './mounts';
import { unknownPorts } from './ports';
import { wrongSettings } from './settings';
import { wrongSizes } from './sizes';

const alsoIn = '';

/** Rules about what one object says of another. */
export const links: readonly Rule[] = [
  {
    id: 'ports',
    title: 'ports of Services, policies, monitors and routes are those of the pods behind them',
    alsoIn,
    check: unknownPorts,
  },
  {
    id: 'mounts',
    title: 'volumes, ConfigMaps, Secrets, their keys and the files in them are there',
    alsoIn,
    check: missingMounts,
  },
  {
    id: 'settings',
    title: 'each service knows the settings it is given, accepts their values and lacks none',
    alsoIn,
    check: wrongSettings,
  },
  {
    id: 'addresses',
    title: 'addresses in settings lead to a Service and to a port that it has',
    alsoIn,
    check: deadAddresses,
  },
  { id: 'classes', title: 'priority classes are installed', alsoIn, check: missingClasses },
  {
    id: 'gateways',
    title:
      'routes attach to a listener that is there, is for them, and has a certificate of their hosts',
    alsoIn,
    check: danglingRoutes,
  },
  {
    id: 'sizes',
    title: 'pods are given time to drain, and their heap fits their memory',
    alsoIn,
    check: wrongSizes,
  },
  {
    id: 'release',
    title: 'one colour is active, one variant consumes, weights are 100 together',
    alsoIn,
    check: brokenReleases,
  },
];
