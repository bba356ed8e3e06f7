import '@quayside/telemetry/start';
import { runService } from '@quayside/chassis';
import { service } from './service';

void runService(service);
