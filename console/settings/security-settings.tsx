import type { Http } from '../http.ts';
import { SessionRows } from './session-rows.tsx';
import { TokenRows } from './token-rows.tsx';

/** Where this agent is signed in, and the keys of programs that act for it. */
export function SecuritySettings({ http, mayManageTokens }: { http: Http; mayManageTokens: boolean }) {
  return (
    <>
      <SessionRows http={http} />
      {mayManageTokens && <TokenRows http={http} />}
    </>
  );
}
