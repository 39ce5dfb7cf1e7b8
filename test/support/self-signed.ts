import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate for this machine that signs itself, made anew for each run; DER by hand, since Node makes none. */
export function selfSigned(name: string): { certificate: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(objectId(1, 2, 840, 10045, 4, 3, 2));
  const subject = sequence(set(sequence(objectId(2, 5, 4, 3), tagged(0x0c, Buffer.from(name)))));
  const year = 365 * 24 * 3_600_000;
  const validity = sequence(utcTime(Date.now() - year), utcTime(Date.now() + year));
  const dnsName = tagged(0x82, Buffer.from(name));
  const loopback = tagged(0x87, Buffer.from([127, 0, 0, 1]));
  const isAuthority = tagged(0x01, Buffer.from([0xff]));
  const extensions = sequence(
    sequence(objectId(2, 5, 29, 17), octets(sequence(dnsName, loopback))),
    sequence(objectId(2, 5, 29, 19), octets(sequence(isAuthority))),
  );
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    subject,
    validity,
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, extensions),
  );
  const signature = tagged(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]));
  const certificate =
    sequence(body, ecdsaWithSha256, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return {
    certificate: ['-----BEGIN CERTIFICATE-----', ...certificate, '-----END CERTIFICATE-----', ''].join('\n'),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]): Buffer => tagged(0x31, Buffer.concat(parts));
const octets = (content: Buffer): Buffer => tagged(0x04, content);
const integer = (value: number): Buffer => tagged(0x02, Buffer.from([value]));
const utcTime = (ms: number): Buffer =>
  tagged(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/[-T:]/g, '').slice(2, 14)}Z`));

function objectId(first: number, second: number, ...rest: number[]): Buffer {
  const bytes = rest.flatMap((part) => {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return tagged(0x06, Buffer.from([first * 40 + second, ...bytes]));
}
