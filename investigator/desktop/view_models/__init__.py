"""What views show, made from a scene: rows, texts, commands; pure, and without Qt."""
