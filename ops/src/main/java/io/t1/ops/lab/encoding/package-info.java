/**
 * Text to vectors: the tokenizer and the MiniLM INT8 model, run by ONNX Runtime. Here may not live: anything that knows
 * of queries, documents or judgements.
 */
@NullMarked
package io.t1.ops.lab.encoding;

import org.jspecify.annotations.NullMarked;
