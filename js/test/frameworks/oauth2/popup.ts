import { auth } from "./auth";

const stateOf = (url: string) => new URL(url).searchParams.get("state") ?? "";

/** To be called by a click. Returns whether it signed in: not where the popup was closed, or blocked. */
export async function logInByPopup() {
  const popup = open("", "", "popup,width=480,height=640"); // first: after an await it would be blocked
  const login = auth.login({ navigate: false });
  login.catch(() => popup?.close());
  const { url } = await login;
  const channel = new BroadcastChannel(stateOf(url)); // each login has its own
  const answer = await new Promise<string | null>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
    if (popup) popup.name = channel.name; // which it keeps until it is back
    (popup?.location ?? location).assign(url);
    const timer = setInterval(() => {
      if (popup?.closed !== false) {
        clearInterval(timer);
        setTimeout(resolve, 1000, null); // the answer may still be on its way
      }
    }, 250);
  });
  channel.close();
  if (answer === null) return false;
  await auth.completeLogin(answer);
  return true;
}

/** To be called first by the page at redirectURI. Returns whether that is in the popup, which it closes. */
export function answerOpener() {
  const state = stateOf(location.href);
  if (!state || window.name !== state) return false;
  new BroadcastChannel(state).postMessage(location.href);
  close();
  return true;
}
