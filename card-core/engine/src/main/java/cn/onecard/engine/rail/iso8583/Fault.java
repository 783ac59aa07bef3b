package cn.onecard.engine.rail.iso8583;

/** What is wrong with the bytes of a message. */
public enum Fault {
    /** The length word in front of a frame is out of bounds, or not digits. */
    FRAME_LENGTH,
    /** The address (TPDU) in front of a message is none. */
    TPDU,
    /** The header in front of a message is none. */
    HEADER,
    /** The message type is not four digits that begin with 0. */
    MESSAGE_TYPE,
    /** The bitmap's first bit, which tells how long the bitmap is, is not the profile's. */
    BITMAP,
    /** The profile has no such field. */
    UNKNOWN_FIELD,
    /** The bytes end within the field. */
    TRUNCATED,
    /** The field is longer than it may be, or of a fixed length and has another. */
    LENGTH,
    /** A character that the field's format does not have. */
    CHARACTER,
    /** The half byte that fills an odd number of digits is not 0. */
    PAD,
    /** Bytes after the last field. */
    TRAILING,
    /** The parts of a field do not lie as they should. */
    PARTS
}
