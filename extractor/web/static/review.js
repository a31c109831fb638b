// The review desk: articles come from the server, and verdicts go back.
import { App } from "./app.js";
import { Desk } from "./desk.js";
import { RemoteSource } from "./remote.js";

const source = new RemoteSource();
new App(source, new Desk(source)).start();
