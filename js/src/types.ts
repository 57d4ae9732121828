/** The name of a call, as in {@link AuthError.operation}. */
export type Operation =
  | "createAuthClient"
  | "ready"
  | "login"
  | "logout"
  | "listSessions"
  | "revokeSession"
  | "revokeOtherSessions"
  | "listAccounts"
  | "linkAccount"
  | "loginWith"
  | "completeRedirect"
  | "unlinkAccount"
  | "listProviders"
  | "getServerInfo"
  | "getUser"
  | "refresh"
  | "known"
  | "subscribe"
  | "createOAuth2Client"
  | "completeLogin"
  | "getAccessToken";

/** How a link or a login at a provider ended, according to the server. */
export interface RedirectOutcome {
  /** Which call began it: `"link"` is `linkAccount`, `"login"` is `loginWith`. */
  kind: "link" | "login";
  /** The provider's name, as that call was given it. */
  provider: string;
  /** `"unchanged"` if it did not succeed: the user denied it or gave up, or traQ refused the account. */
  outcome: "linked" | "signed-in" | "unchanged";
  /** The `returnTo` of that call as an absolute address; null if none was given. */
  returnTo: string | null;
}

/** What the client knows about who is signed in. It is frozen; a change makes a new one. */
export type Snapshot =
  | {
      /** The server has not been asked yet, or could not be reached. */
      readonly status: "unknown";
      /** No user is known. */
      readonly user: null;
    }
  | {
      /** Somebody is signed in. */
      readonly status: "signed-in";
      /** The user. */
      readonly user: Readonly<User>;
    }
  | {
      /** Nobody is signed in: the server said so, or somebody signed out here and the server is yet to be told. */
      readonly status: "signed-out";
      /** There is no user. */
      readonly user: null;
    };

/** Where the server redirected to. The client did not follow the redirect. */
export interface Redirected {
  /** An absolute address; null if the server did not redirect. */
  redirectTo: string | null;
}

/** A session of the user: a browser or device that is signed in. */
export interface Session {
  /** A UUID, as `"01234567-89ab-cdef-0123-456789abcdef"`. */
  id: string;
  /** When it was opened, by the server's clock. */
  issuedAt: Date;
  /** Whether it is this browser's session; null in all of the user's sessions if that is not known. */
  current: boolean | null;
}

/** The result of {@link AuthClient.revokeOtherSessions}. */
export interface RevokedSessions {
  /** The ids of the sessions that it ended. */
  revoked: string[];
  /** The sessions that it could not end, and why. */
  failed: {
    /** The session's id. */
    id: string;
    /** Why: an {@link AuthError}, as {@link AuthClient.revokeSession} would reject with. */
    error: unknown;
  }[];
}

/** An account at an external provider that is linked to the user. */
export interface Account {
  /** The provider's name, as in {@link ServerInfo.providers}. */
  providerName: string;
  /** The account's name at the provider. */
  externalName: string;
  /** When it was linked, by the server's clock. */
  linkedAt: Date;
}

/** The server's version and settings. */
export interface ServerInfo {
  /** The version, such as `"v3.28.4"`. */
  version: string;
  /** The commit that it was built from. */
  revision: string;
  /** The names of the external providers that are enabled. */
  providers: string[];
  /** Whether anybody may create an account. */
  signUpAllowed: boolean;
}

/** The user who is signed in. */
export interface User {
  /** A UUID. */
  id: string;
  /** 1 to 32 characters of `[a-zA-Z0-9_-]`, without an `@`. */
  name: string;
  /** The name to show; any text. */
  displayName: string;
  /** The UUID of the icon's file. */
  iconFileId: string;
}
