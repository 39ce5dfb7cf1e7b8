/** What a connection string says of where a server is and how one talks to it. */
export interface ServerAddress {
  readonly hosts: readonly string[];
  readonly user: string;
  readonly password: string;
  /** By names in lower case, without dashes and underscores. */
  readonly options: ReadonlyMap<string, string>;
}

/** `scheme://user:password@host:port,host:port/name?option=value`. A text that is none gives what can be made of it. */
export function addressIn(connectionString: string): ServerAddress {
  const [, authority = '', query = ''] =
    /^[a-z+]+:\/\/([^/?]*(?:[^?@]*@[^/?]*)?)[^?]*\??(.*)$/is.exec(connectionString) ?? [];
  const at = authority.lastIndexOf('@');
  const [user = '', ...password] = at < 0 ? [] : authority.slice(0, at).split(':');
  const options = new Map(
    [...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase().replaceAll(/[_-]/g, ''), value]),
  );
  const named = authority
    .slice(at + 1)
    .split(',')
    .map(withoutPort);
  const other = options.get('host');
  return {
    hosts: other === undefined ? named : [...named.filter((host) => host !== ''), other],
    user: decoded(user),
    password: decoded(password.join(':')),
    options,
  };
}

const withoutPort = (host: string): string => host.replace(/:\d*$/, '');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
