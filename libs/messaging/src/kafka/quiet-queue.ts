// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- programs that import this library see the types too
/// <reference path="./kafkajs-internals.d.ts" />
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

const schedule = RequestQueue.prototype.scheduleCheckPendingRequests;

/**
 * Lets the connections of kafkajs rest. Each of them looks for requests that wait to be sent, and sets its next timer by the
 * time until a throttling ends: without throttling that lies in the past, so Node runs it at once, up to 900 times a second
 * for as long as the connection is open (2 % of a core in a service that does nothing). It only has to look while a request
 * waits: each new one asks for a look itself. https://github.com/tulios/kafkajs/issues/1704
 * Node 24 also warns of such timers. For all of kafkajs in this process, once this library is loaded.
 */
export function restWhenIdle(): void {
  RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this);
  };
}
