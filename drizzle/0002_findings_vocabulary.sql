-- CheXpert's fourteen in its own order, then COVID-19. Letters leave U, S, F, M and I to the reading room.
INSERT INTO findings (position, name, short_name, key, parent, display_order) VALUES
  (0, 'No Finding', 'No finding', 'N', NULL, 0),
  (1, 'Enlarged Cardiomediastinum', 'Enlarged cardiomed.', 'E', NULL, 1),
  (2, 'Cardiomegaly', 'Cardiomegaly', 'C', 1, 2),
  (3, 'Lung Opacity', 'Lung opacity', 'O', NULL, 3),
  (4, 'Lung Lesion', 'Lung lesion', 'L', 3, 4),
  (5, 'Edema', 'Edema', 'D', 3, 5),
  (6, 'Consolidation', 'Consolidation', 'K', 3, 6),
  (7, 'Pneumonia', 'Pneumonia', 'P', 3, 7),
  (8, 'Atelectasis', 'Atelectasis', 'A', 3, 9),
  (9, 'Pneumothorax', 'Pneumothorax', 'X', NULL, 10),
  (10, 'Pleural Effusion', 'Pleural effusion', 'G', NULL, 11),
  (11, 'Pleural Other', 'Pleural other', 'H', NULL, 12),
  (12, 'Fracture', 'Fracture', 'R', NULL, 13),
  (13, 'Support Devices', 'Support devices', 'T', NULL, 14),
  (14, 'COVID-19', 'COVID-19', 'V', 7, 8);
