// Makes WebAssembly as small as it gets: BINARYEN, then FROM and TO for each program. One process for
// many, since loading the optimiser takes longer than most programs do.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, ...files] = process.argv.slice(1);
const { default: binaryen } = await import(pathToFileURL(module));
// What wasm-opt calls -Oz.
binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(2);
while (files.length > 0) {
    const [from, to] = files.splice(0, 2);
    // No feature flags: the module says itself what it needs, and more is more than some browsers take.
    const program = binaryen.readBinary(readFileSync(from));
    program.optimize();
    const bytes = program.emitBinary();
    program.dispose();
    // What is going to be served: does a browser's engine take it?
    if (!WebAssembly.validate(bytes)) {
        console.error(`a browser would refuse ${to}`);
        process.exit(1);
    }
    writeFileSync(to, bytes);
}
