package io.t1.codec.client;

import java.io.IOException;

/** Starts connections. */
interface Connector {
    /** One that is under way or made. */
    Transport open() throws IOException;
}
