// Imported for its effect, as the first line of every main.ts: what is required before this line is
// not traced (ADR 1).
import './pause-source-maps';
import { startTracing } from './tracing';

startTracing();
