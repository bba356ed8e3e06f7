/** What the PostgreSQL process is told, as JSON in QUAYSIDE_POSTGRES. */
export interface PostgresProcessOptions {
  dataDir: string;
  /** 0: any free one. */
  port: number;
  /** The superuser's. */
  password: string;
  /** Faster and not durable. */
  forTests: boolean;
  /** Deletes the data when it ends. */
  removeOnStop: boolean;
  /** End a server that still runs on the folder; only for who holds the folder's lock. */
  takeOver: boolean;
}

/** What it says over IPC. */
export type PostgresMessage =
  | { type: 'notice'; text: string }
  | { type: 'failed'; message: string }
  | { type: 'ready'; ports: { postgres: number }; pid: number; dataDir: string };
