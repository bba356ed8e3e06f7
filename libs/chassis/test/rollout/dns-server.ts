import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A name server that answers for one name, as the cluster's does for a headless Service. */
export interface DnsServer {
  /** `127.0.0.1:port`. */
  address: string;
  /** What the name has from now on. */
  answer(addresses: readonly string[]): void;
  close(): void;
}

const HEADER_BYTES = 12;
const TYPE_A = 1;
const CLASS_IN = 1;
const TTL_SECONDS = 1;
/** A reply, authoritative. */
const REPLY = 0x8400;
const NAME_ERROR = 3;

/** The question: its name, its type, its bytes (RFC 1035, 4.1.2). */
function questionOf(query: Buffer) {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const bytes = query.subarray(HEADER_BYTES, at + 5);
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), bytes };
}

function header(query: Buffer, flags: number, answers: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  query.copy(bytes, 0, 0, 2);
  bytes.writeUInt16BE(REPLY | flags, 2);
  bytes.writeUInt16BE(1, 4);
  bytes.writeUInt16BE(answers, 6);
  return bytes;
}

function recordOf(address: string): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16BE(0xc000 | HEADER_BYTES, 0); // the name of the question
  bytes.writeUInt16BE(TYPE_A, 2);
  bytes.writeUInt16BE(CLASS_IN, 4);
  bytes.writeUInt32BE(TTL_SECONDS, 6);
  bytes.writeUInt16BE(4, 10);
  Buffer.from(address.split('.').map(Number)).copy(bytes, 12);
  return bytes;
}

/** Starts one on a free port. */
export async function startDnsServer(name: string): Promise<DnsServer> {
  let addresses: readonly string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const question = questionOf(query);
    const known = question.name.toLowerCase() === name;
    const records = known && question.type === TYPE_A ? addresses.map(recordOf) : [];
    const reply = [header(query, known ? 0 : NAME_ERROR, records.length), question.bytes];
    socket.send(Buffer.concat([...reply, ...records]), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  return {
    address: `127.0.0.1:${port}`,
    answer: (given) => void (addresses = [...given]),
    close: () => socket.close(),
  };
}
