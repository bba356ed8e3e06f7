import type { ServiceDefinition } from '@quayside/chassis';
import { settings } from './config';
import { Book } from './domain/book';
import { createProcessor } from './domain/processor';
import { createProcessorApp } from './http/app';
import { openJournal } from './store/journal';
import { createCourier } from './webhooks/courier';

/**
 * card-processor: a stand-in for an outside company. It shares nothing with the services: no database, no Kafka, no
 * tokens of ours. Merchants call it over HTTP with a key, and hear from it by signed webhooks.
 */
export const service: ServiceDefinition<typeof settings> = {
  name: 'card-processor',
  settings,
  without: ['database', 'kafka', 'identity'],
  async build({ settings, draining }) {
    const { journal, records } = await openJournal(settings.JOURNAL_FILE);
    const book = new Book();
    for (const record of records) book.apply(record);
    const courier = createCourier({
      url: settings.WEBHOOK_URL,
      secret: settings.WEBHOOK_SECRET,
      retryMs: settings.WEBHOOK_RETRY_MS,
      draining,
      async onDelivered(eventId) {
        const record = { type: 'delivered', eventId } as const;
        await journal.append(record);
        book.apply(record);
      },
    });
    const processor = createProcessor({
      book,
      journal,
      slowMs: settings.SLOW_ANSWER_MS,
      tell: (events) => courier.send(events),
      draining,
    });
    return {
      http: createProcessorApp({ processor, book, apiKey: settings.API_KEY, draining }),
      onReady: () => void courier.send([...book.undelivered.values()]),
      async close() {
        await courier.idle();
        await journal.close();
      },
    };
  },
};
