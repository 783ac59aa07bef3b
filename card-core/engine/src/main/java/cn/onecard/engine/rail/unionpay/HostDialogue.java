package cn.onecard.engine.rail.unionpay;

import cn.onecard.engine.key.MacKey;
import cn.onecard.engine.rail.iso8583.MalformedMessage;
import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.PosFrame;
import cn.onecard.engine.rail.line.HostLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One message and its answer over one connection. What answers another message is passed over. */
final class HostDialogue {
    private static final Logger LOG = LoggerFactory.getLogger(HostDialogue.class);

    private final LinkSettings settings;
    private final HostLine line;
    private final PosMessages messages;

    HostDialogue(LinkSettings settings, HostLine line, PosMessages messages) {
        this.settings = settings;
        this.line = line;
        this.messages = messages;
    }

    /** Sends a message that carries no MAC, and whose answer carries none. */
    Reply ask(Message message) {
        return exchange(message, Optional.empty());
    }

    /** Sends a message with its MAC, and takes an answer with a MAC alone. */
    Reply ask(Message message, MacKey key) {
        return exchange(messages.authenticated(message, key), Optional.of(key));
    }

    private Reply exchange(Message message, Optional<MacKey> key) {
        HostLine.Call call;
        try {
            call = line.connect();
        } catch (IOException e) {
            LOG.warn("the host was not reached for a {}: {}", message.type(), e.getMessage());
            return new Reply.Unreached();
        }
        try (call) {
            try {
                call.send(new PosFrame(settings.wire().tpdu(), settings.wire().header(), message).encode());
            } catch (IOException e) {
                LOG.warn("the connection broke under a {}: {}", message.type(), e.getMessage());
                return new Reply.Silence();
            }
            Reply reply = await(call, message, key);
            if (!(reply instanceof Reply.Answer)) {
                LOG.warn("no good answer to a {}, trace {}: {}", message.type(), message.text(11), reply.getClass().getSimpleName());
            }
            return reply;
        }
    }

    private Reply await(HostLine.Call call, Message request, Optional<MacKey> key) {
        long deadline = System.nanoTime() + settings.patience().answer().toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            PosFrame frame;
            try {
                Optional<ByteBuffer> bytes = call.findNext(left);
                if (bytes.isEmpty()) {
                    return new Reply.Silence();
                }
                frame = PosFrame.decode(settings.wire().profile(), bytes.get());
            } catch (MalformedMessage e) {
                LOG.warn("what came is no message: {}", e.getMessage());
                return new Reply.Unreadable();
            }
            if (answers(frame, request)) {
                return judge(frame, request, key);
            }
            LOG.warn("an answer to something else was passed over: {}", frame.message().type());
        }
    }

    /** Whether a frame is addressed to this terminal and answers that request. */
    private boolean answers(PosFrame frame, Message request) {
        Message answer = frame.message();
        return frame.tpdu().equals(settings.wire().tpdu().answered()) && answer.type().equals(answerType(request))
                && answer.findText(11).equals(request.findText(11)) && answer.findText(41).equals(request.findText(41));
    }

    private Reply judge(PosFrame frame, Message request, Optional<MacKey> key) {
        Message answer = frame.message();
        if (key.isPresent() && !messages.isAuthentic(answer, key.get())) {
            return new Reply.Forged();
        }
        boolean sameCard = !answer.has(2) || answer.findText(2).equals(request.findText(2));
        boolean sameKind = !answer.has(3) || answer.findText(3).equals(request.findText(3));
        boolean sameMerchant = answer.findText(42).equals(request.findText(42));
        boolean told = answer.has(39) || answer.type().equals("0510");
        if (!sameCard || !sameKind || !sameMerchant || !told) {
            return new Reply.Unreadable();
        }
        return new Reply.Answer(answer, frame.header().requirement());
    }

    private static String answerType(Message request) {
        String type = request.type();
        return type.substring(0, 2) + (char) (type.charAt(2) + 1) + type.charAt(3);
    }
}
