/**
 * Loaded with `node --require`: whoever asks for cdktf gets cdktn, as with the alias that docs/cdktn.md shows, the bindings included.
 */
const Module = require("node:module");

const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => resolve(request.replace(/^cdktf(?=\/|$)/, "cdktn"), ...rest);
