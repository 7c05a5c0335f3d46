/** What whoever looks at the board may do with its rows. */
export interface NowRights {
  mayAssign: boolean;
  mayReply: boolean;
}
