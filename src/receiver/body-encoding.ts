import { Refusal } from './refusal.ts';

export type BodyEncoding = 'protobuf' | 'json';

export const CONTENT_TYPES: Readonly<Record<BodyEncoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

/**
 * Reads a Content-Type as a strict backend does: one of the two media types of OTLP/HTTP; parameters such as a charset
 * are tolerated, relatives such as `application/protobuf` are refused with 415.
 */
export function bodyEncodingOf(contentType: string | undefined): BodyEncoding {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === CONTENT_TYPES.protobuf) return 'protobuf';
  if (mediaType === CONTENT_TYPES.json) return 'json';
  const found = contentType === undefined ? 'none' : `"${contentType}"`;
  throw new Refusal(
    415,
    `Cannot read the Content-Type: found ${found}, wanted "${CONTENT_TYPES.protobuf}" or "${CONTENT_TYPES.json}"`,
  );
}
