import { auth } from "./auth";

/** Each login has a channel of its own, by the state that is in both addresses. */
const channelOf = (url: string) => new BroadcastChannel(new URL(url).searchParams.get("state") ?? "");

/** To be called by a click. Returns whether it signed in: not where the popup was closed, or blocked. */
export async function logInByPopup() {
  const popup = open("", "", "popup,width=480,height=640"); // first: after an await it would be blocked
  const login = auth.login({ navigate: false });
  login.catch(() => popup?.close());
  const { url } = await login;
  const channel = channelOf(url);
  const answer = await new Promise<string | null>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
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

/** To be called by the page at redirectURI where it has an `opener`, and not completeLogin. */
export function answerOpener() {
  channelOf(location.href).postMessage(location.href);
  close();
}
