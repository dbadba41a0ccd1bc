"""Operations that the stand-in answers itself, one module for each service; found by folder."""
