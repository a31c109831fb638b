// The report: everything stands in the page.
import { App } from "./app.js";
import { EmbeddedSource } from "./embedded.js";

new App(new EmbeddedSource()).start();
