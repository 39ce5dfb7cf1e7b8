type FieldType = readonly [id: number, type: string, rule?: 'repeated'];

/** The fields of a protobuf message by name, as proto-loader takes them. */
export function message(fields: Record<string, FieldType>) {
  const described = Object.entries(fields).map(([name, [id, type, rule]]) => [
    name,
    { id, type, ...(rule && { rule }) },
  ]);
  return { fields: Object.fromEntries(described) as Record<string, { id: number; type: string; rule?: 'repeated' }> };
}

/** A field that maps text to text. */
export const textByText = (id: number) => ({ id, keyType: 'string', type: 'string' });

/** Messages that every call of the protocol names things by. */
export const identifiers = {
  UUID: message({ structured: [1, 'StructuredUuid'], string: [2, 'string'] }),
  StructuredUuid: message({ mostSignificantBits: [1, 'int64'], leastSignificantBits: [2, 'int64'] }),
  StreamIdentifier: message({ streamName: [3, 'bytes'] }),
};
