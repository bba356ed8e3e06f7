// Original file: protos/quayside/auth/v1/auth.proto


/**
 * ClientInfo is what the gateway knows of the program and place that a request comes from.
 */
export interface ClientInfo {
  /**
   * Network address, as the gateway sees it behind the proxies that it trusts.
   */
  'address'?: (string);
  /**
   * The User-Agent header; shortened when it is kept.
   */
  'userAgent'?: (string);
}

/**
 * ClientInfo is what the gateway knows of the program and place that a request comes from.
 */
export interface ClientInfo__Output {
  /**
   * Network address, as the gateway sees it behind the proxies that it trusts.
   */
  'address': (string);
  /**
   * The User-Agent header; shortened when it is kept.
   */
  'userAgent': (string);
}
