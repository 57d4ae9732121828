import { render as renderPage } from "svelte/server";
import Who from "./Who.svelte";

export const render = (): string => renderPage(Who).body;
