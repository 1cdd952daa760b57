package io.t1.bench.peers.aeron;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.FragmentHandler;
import io.t1.bench.peers.PayloadSizes;
import io.t1.bench.peers.PeerProcess;
import java.nio.ByteBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** The media driver and an echo beside it, whose thread spins. The answer starts with the request's id. */
final class AeronEchoServer {
    static final String CHANNEL = "aeron:ipc?term-length=1m";
    static final int REQUESTS = 1;
    static final int RESPONSES = 2;
    private static final int FRAGMENTS = 64;

    private AeronEchoServer() {}

    /** Serves in the folder named first. */
    public static void main(final String[] args) {
        final MediaDriver.Context context = new MediaDriver.Context()
                .aeronDirectoryName(args[0])
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new BackoffIdleStrategy())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true);
        final UnsafeBuffer response = new UnsafeBuffer(ByteBuffer.allocateDirect(PayloadSizes.RESPONSE));
        try (MediaDriver driver = MediaDriver.launch(context);
                Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
                Subscription requests = aeron.addSubscription(CHANNEL, REQUESTS);
                ExclusivePublication responses = aeron.addExclusivePublication(CHANNEL, RESPONSES)) {
            System.out.println(PeerProcess.READY);
            System.out.flush();
            final FragmentHandler echo = (buffer, offset, length, header) -> {
                response.putLong(0, buffer.getLong(offset));
                while (responses.offer(response, 0, PayloadSizes.RESPONSE) < 0) {
                    Thread.onSpinWait();
                }
            };
            while (true) {
                if (requests.poll(echo, FRAGMENTS) == 0) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
