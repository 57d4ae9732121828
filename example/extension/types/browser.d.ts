// The part of an extension's interface that this one uses.

interface ExtensionStorageArea {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}

interface ExtensionEvent<Listener> {
  addListener(listener: Listener): void;
}

interface ExtensionBrowser {
  readonly action: {
    setBadgeText(details: { text: string }): Promise<void>;
  };
  /** With the permission "identity" alone. */
  readonly identity: {
    getRedirectURL(): string;
    launchWebAuthFlow(details: { url: string; interactive: boolean }): Promise<string>;
  };
  readonly i18n: { getUILanguage(): string };
  readonly runtime: {
    sendMessage(message: unknown): Promise<unknown>;
    readonly onMessage: ExtensionEvent<
      (message: unknown, sender: unknown, answer: (value: unknown) => void) => boolean
    >;
  };
  readonly storage: { readonly local: ExtensionStorageArea; readonly session: ExtensionStorageArea };
  readonly tabs: {
    create(properties: { url: string }): Promise<{ id?: number }>;
    /** The address is told of pages that the extension has host permission for. */
    readonly onUpdated: ExtensionEvent<(id: number, change: { url?: string }) => void>;
    readonly onRemoved: ExtensionEvent<(id: number) => void>;
  };
}

/* eslint-disable no-var -- of a const or let, globalThis has no such property */
declare var browser: ExtensionBrowser | undefined;
declare var chrome: ExtensionBrowser;
