// Imported for its effect, before anything that requires a package.
import { pauseSourceMaps } from './source-maps';

pauseSourceMaps();
