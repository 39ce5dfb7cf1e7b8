/** A JSON Schema as OpenAPI 3 has it. */
export type Schema = Readonly<Record<string, unknown>>;

/** What an operation takes and answers. */
export interface OperationSchema {
  readonly query?: Schema;
  readonly body?: Schema;
  readonly answer?: Schema;
}

/** The schemas of all operations, with what they refer to. */
export interface OperationSchemas {
  readonly operations: Readonly<Record<string, OperationSchema>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
